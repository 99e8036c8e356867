"""The whole product on one machine: the same assembly as for AWS, in an emulator on loopback."""
