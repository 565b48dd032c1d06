"""The forms that names, addresses and numbers have in mails, and the neutral words that stand for them."""

from __future__ import annotations

import re
from typing import Final

WORDS: Final = {
    "fr": {"name": "client", "email": "adresse e-mail", "phone": "téléphone", "iban": "IBAN", "card": "carte bancaire"}
    | {"nir": "numéro de sécurité sociale", "siret": "SIRET", "siren": "SIREN", "number": "numéro"}
    | {"order": "commande", "date": "date", "address": "adresse", "link": "lien"},
    "en": {
        "name": "customer",
        "email": "e-mail address",
        "phone": "phone number",
        "iban": "IBAN",
        "card": "card number",
    }
    | {"nir": "social security number", "siret": "SIRET", "siren": "SIREN", "number": "number"}
    | {"order": "order", "date": "date", "address": "address", "link": "link"},
}
"""Neutral words by language, for every PersonalDataKind and for the forms below."""
_CAPITALISED: Final = r"[A-ZÀ-ÖØ-Þ][\w'’-]*"
_PARTICLES: Final = r"(?i:(?:de|du|des|la|le|les|aux?|sur|saint|sainte|st|ste)[\s-]+|[dl]['’]\s?)*"
_SURE_STREET: Final = r"(?i:rue|avenue|boulevard|bd|impasse|all[ée]e|chemin|lotissement)"
_ANY_STREET: Final = (
    rf"(?:{_SURE_STREET}|(?i:av|blvd|place|route|quai|cours|square|passage|sentier|r[ée]sidence|faubourg|villa|hameau))"
)
_TAIL: Final = rf"(?:[ -]{_PARTICLES}{_CAPITALISED}){{0,5}}"
STREET: Final = re.compile(
    rf"(?<!\w)\d{{1,5}}[ ,]*(?i:bis|ter|quater|[a-d])?[ ,]+(?P<street>{_ANY_STREET}\.?\s+{_PARTICLES}[\w'’-]+{_TAIL})"
    rf"|(?<!\w)\d{{1,5}}[ ,]+(?P<road>(?:{_CAPITALISED} ){{1,4}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Square"
    r"|Court|Ct|Way|Close|Place|Terrace|Crescent|Gardens)\b|(?:[\w'’-]+ ){1,3}(?i:street|road|avenue|lane)\b)"
)
STREET_ALONE: Final = re.compile(rf"\b(?P<street>{_SURE_STREET}\s+{_PARTICLES}{_CAPITALISED}{_TAIL})")
POSTCODE: Final = re.compile(
    rf"(?<!\w)(?:F-?)?\d{{5}}\s+{_CAPITALISED}(?:[ -](?:{_CAPITALISED}|[lds]['’]\w+|sur|sous|en|le|la|les|de|du|des))*"
    r"|(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w)"
)
CIVILITY: Final = re.compile(
    rf"\b(?:M\.|MM\.|Mr|Mrs|Ms|Miss|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur|Maître)\.?\s+"
    rf"(?P<name>{_CAPITALISED}(?:[ -]{_CAPITALISED}){{0,3}})"
)
DATE: Final = re.compile(r"(?<![\w/.-])\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?![\w/-])")
_EMAIL: Final = re.compile(r"[^\s<>()\[\]]+@[^\s<>()\[\]]+")
_URL: Final = re.compile(r"(?:https?://|www\.)\S*[\d?@]\S*", re.IGNORECASE)
LONG_NUMBER: Final = re.compile(r"(?<!\w)\+?\(?\d(?:[ .\-/()\u00a0\u202f]{0,2}\d){7,}(?!\w)")
NAMED: Final = re.compile(
    r"\b(?:commande|order|facture|invoice|colis|parcel|suivi|tracking|dossier|ticket|r[ée]f[ée]rence|r[ée]f|contrat"
    r"|contract|client|customer|account|compte|(?-i:(?!EUR|USD|CHF|GBP|TVA|VAT|ISO)[A-Z]{2,5}))s?\b\W{0,3}"
    r"(?:(?:n[°o]|no|number|num[ée]ro|ref)\b\W{0,3}|n°\W{0,2})?"
    r"(?P<number>(?=[\w/.-]*\d{3})[^\W_]+(?:[-_/.][^\W_]+)*)",
    re.IGNORECASE,
)
REFERENCE: Final = re.compile(r"(?<!\w)(?:#\s?|n[°o]\s?\.?\s?)?(?=[\w./-]*\d)[^\W_]+(?:[-_/.][^\W_]+)*", re.IGNORECASE)
LOOKS_LIKE_ONE: Final = re.compile(
    r"(?:#|n[°o]\s?\.?\s?)\s?[\w-]*\d.*|[^\W\d_]{2,}[-_/.]?\d{3,}.*|.*\d{5,}.*|[\d-]*\d-[\d-]*\d{3,}"
    r"|(?=(?:.*\d){3})(?=(?:.*[^\W\d_]){2})[\w-]{6,}",
    re.IGNORECASE,
)
AMOUNT: Final = re.compile(r"\d{1,4}\.\d{2}")
RUN: Final = re.compile(r"\d(?:[ .\-/()]{0,2}\d)*")
ALWAYS: Final = (
    (_EMAIL, "email"),
    (_URL, "link"),
    (STREET, "address"),
    (STREET_ALONE, "address"),
    (POSTCODE, "address"),
)
"""Whether or not a mail of the customer has them: what an agent adds comes from somewhere, too."""
SIGNED: Final = re.compile(rf"(?:{_CAPITALISED}\.?[ ,]*){{1,4}}")
