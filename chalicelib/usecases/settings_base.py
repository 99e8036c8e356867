"""What every document of the set-up has."""

from abc import abstractmethod
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

SettingId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\r\n]*$")]
Language = Literal["en", "pt_BR", "pt_PT", "es"]


class Document(BaseModel):
    """One entry of the set-up, of whichever kind."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, defer_build=True)
    id: SettingId

    @abstractmethod
    def to_domain(self) -> Any:
        """The entry as the domain knows it.

        Raises:
            InvalidSetting: it says something that cannot be.
        """
