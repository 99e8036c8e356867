"""What goes over the wire: pydantic models of requests and answers, one file per noun."""
