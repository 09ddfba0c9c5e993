"""What stewards decide on records: kept, applied again, published, and the web app in which they decide."""
