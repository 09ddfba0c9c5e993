"""The record contract: models, building, schema, and writing whole or not at all."""
