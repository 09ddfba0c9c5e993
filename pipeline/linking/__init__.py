"""Link the organisations that an annex names to the register, and name the same body once."""

from pipeline.linking.bodies import LinkedOrganisation, Named, link_annex

__all__ = ["LinkedOrganisation", "Named", "link_annex"]
