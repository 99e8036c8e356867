"""Infrastructure: what is deployed to AWS, and the whole desk on one machine."""
