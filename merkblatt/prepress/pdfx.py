"""Makes the file that a print house asks for: its bleed, its marks, and PDF/X-4 in its inks where it wants that.

What a house wants stands in a file of its own, with its ICC profile beside it; houses differ, and give their own.
Nothing checks PDF/X here as veraPDF checks PDF/UA: there is no free validator, so a house's own check comes last.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import pikepdf
from pydantic import Field

from merkblatt.content.model import Line, Placed
from merkblatt.content.validation import read_model
from merkblatt.core.findings import Faulty, Finding, Place, shown
from merkblatt.core.folders import lies_within
from merkblatt.pdf.objects import open_pdf, saved
from merkblatt.pdf.xmp import Claims, read_about, write_about
from merkblatt.prepress.colour_conversion import NoInkError, NoProfileError, Profile, read_profile, separate
from merkblatt.prepress.crop_marks import put_on_press_sheets
from merkblatt.prepress.press_sheets import Pages

#: Where the names of printing conditions are registered (ISO 15930-7, 6.2.2).
_REGISTRY = "http://www.color.org"


class House(Placed):
    """What a print house asks for."""

    name: Line
    variant: Literal["plain", "pdf-x-4"] = "plain"
    #: In mm, beyond each edge of the page.
    bleed: Annotated[int, Field(ge=0, le=20)] = 3
    crop_marks: bool = True
    #: The ICC profile of its press, beside this file.
    profile: Line | None = None
    #: The name of its printing condition in the ICC's registry, as FOGRA51.
    condition: Line | None = None


@dataclass(frozen=True)
class Press:
    """A print house with its profile read; none where it takes a plain file."""

    house: House
    profile: Profile | None
    path: Path


def read_press(path: Path) -> Press:
    """The print house of a file.

    Raises:
        Faulty: with all findings of the file and of its profile.
    """
    house = read_model(path, House)
    if house.variant == "plain":
        return Press(house, None, path)
    missing = [field for field in ("profile", "condition") if getattr(house, field) is None]
    if missing:
        message, hint = f"PDF/X-4 needs {' and '.join(missing)}", "ask the print house for its ICC profile and its name"
        raise Faulty([Finding(house.at("variant"), message, hint)])
    return Press(house, _read_profile(house, path), path)


def _read_profile(house: House, path: Path) -> Profile:
    place, name = house.at("profile"), str(house.profile)
    file = path.parent / name
    if not lies_within(file, (path.parent,)):
        hint = "put the profile beside this file and write its name alone"
        raise Faulty([Finding(place, f"profile {shown(name)} leads out of the folder of this file", hint)])
    try:
        return read_profile(file.read_bytes())
    except OSError as error:
        message = f"profile {shown(name)} cannot be read: {error.strerror}"
        raise Faulty([Finding(place, message, "check its name")]) from None
    except NoProfileError:
        message = f"profile {shown(name)} is no ICC profile of a press in CMYK"
        raise Faulty([Finding(place, message, "ask the print house for the profile of its press")]) from None


def prepare(pages: Pages, press: Press) -> bytes:
    """The pages as the print house wants them: a print file without tags; where it asks for it, PDF/X-4.

    Raises:
        Faulty: the pages have too little bleed, or colours that cannot be turned into inks.
    """
    house = press.house
    sheets = put_on_press_sheets(pages, bleed=float(house.bleed), marks=house.crop_marks)
    if press.profile is None:
        return sheets
    with open_pdf(sheets) as file:
        place = Place(Path(pages.name))
        try:
            separate(file, press.profile)
        except NoInkError as error:
            hint = "take a picture without it, or a file that the house converts (variant: plain)"
            raise Faulty([Finding(place, f"holds {error}, which has no inks", hint, code="inks")]) from None
        about = read_about(file)
        if not (about.title and about.created):
            raise Faulty([Finding(place, "has no title or no date", "PDF/X-4 needs both", code="inks")])
        _declare(file, press.profile, str(house.condition))
        identity = hashlib.sha256(sheets + press.profile.data).hexdigest()
        write_about(file, replace(about, claims=Claims(exchange="PDF/X-4", identity=identity)))
        # PDF/X-4 is PDF 1.6 (ISO 15930-7, 6.1).
        return saved(file, exactly="1.6")


def _declare(file: pikepdf.Pdf, profile: Profile, condition: str) -> None:
    """Names the press that the inks are for (ISO 15930-7, 6.2.2), and blends what is transparent in its inks."""
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFX,
        OutputConditionIdentifier=condition,
        RegistryName=_REGISTRY,
        Info=profile.name,
        DestOutputProfile=file.make_stream(profile.data, N=4),
    )
    file.Root.OutputIntents = pikepdf.Array([intent])
    for page in file.pages:
        group = {"/Type": pikepdf.Name.Group, "/S": pikepdf.Name.Transparency, "/CS": pikepdf.Name.DeviceCMYK}
        page.obj.Group = pikepdf.Dictionary(group)
