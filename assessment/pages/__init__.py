"""The pages: require what they need, call services, draw."""
