"""Link the organisations that a section names to the register, and name the same body once."""

from pipeline.linking.bodies import LinkedOrganisation, Named, link_section

__all__ = ["LinkedOrganisation", "Named", "link_section"]
