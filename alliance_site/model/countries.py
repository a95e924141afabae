"""Country codes: those that are assigned, and what a country's name or an old code stands for.

Never: names a country for readers (that is `view`, in the site's language).
"""

_WRITTEN = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
XK
"""

COUNTRIES = frozenset(_WRITTEN.split())
"""The assigned codes, and Kosovo's, which has none and is written `XK` by all who need one.

Source: ISO 3166-1, officially assigned code elements; Unicode CLDR for `XK`.
"""

_ALSO_WRITTEN = {"UK": "GB", "EL": "GR", "USA": "US", "ENGLAND": "GB"}


def code_of_country(text: str) -> str:
    """Return the code that somebody meant who wrote a name, or small letters; empty for none."""
    from babel import Locale  # noqa: PLC0415 - only where something is wrong

    code = _ALSO_WRITTEN.get(text.upper(), text.upper())
    if code in COUNTRIES:
        return code
    names = Locale("en").territories
    return next((item for item in COUNTRIES if names.get(item, "").upper() == text.upper()), "")
