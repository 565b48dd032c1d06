"""Assistants to begin with, in the two languages of the interface. Instructions are the user's text once created."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.labels import french_spaces
from iaposte_desktop.domain.assistants import AssistantSettings, OutputFormat, ReplyLength, ReplyStyle

if TYPE_CHECKING:
    from iaposte_desktop.domain.assistants import ModelRef


class Template(StrEnum):
    EMAIL_REPLY = "email_reply"
    SUPPORT = "support"
    CLASSIFIER = "classifier"
    MARKETING = "marketing"
    MULTILINGUAL = "multilingual"


_NAMES: Final = {
    Template.EMAIL_REPLY: {"fr": "Réponse e-mail", "en": "E-mail reply"},
    Template.SUPPORT: {"fr": "Support technique", "en": "Technical support"},
    Template.CLASSIFIER: {"fr": "Classement du courrier", "en": "Mail classifier"},
    Template.MARKETING: {"fr": "Réponse commerciale", "en": "Marketing reply"},
    Template.MULTILINGUAL: {"fr": "Réponse multilingue", "en": "Multilingual reply"},
}

_DESCRIPTIONS: Final = {
    Template.EMAIL_REPLY: {
        "fr": "Répond au mail d’un client à partir de vos fichiers.",
        "en": "Answers a customer’s mail from your files.",
    },
    Template.SUPPORT: {
        "fr": "Explique une procédure pas à pas, telle que vos notices la décrivent.",
        "en": "Explains a procedure step by step, as your manuals describe it.",
    },
    Template.CLASSIFIER: {
        "fr": "Range un mail : catégorie, priorité, humeur (JSON).",
        "en": "Sorts a mail: category, priority, sentiment (JSON).",
    },
    Template.MARKETING: {
        "fr": "Répond aux demandes sur l’offre, les prix et les cartes cadeaux.",
        "en": "Answers questions about the offer, prices and gift cards.",
    },
    Template.MULTILINGUAL: {
        "fr": "Répond dans la langue du client.",
        "en": "Answers in the customer’s language.",
    },
}

_INSTRUCTIONS: Final = {
    Template.EMAIL_REPLY: {
        "fr": (
            "Tu prépares la réponse au mail de {{customer_name}} (« {{subject}} »), que {{agent_name}} relira.\n"
            "Réponds à chaque question, dans l’ordre, à partir des seuls passages trouvés, et cite chacun : [1].\n"
            "Quand aucun passage ne répond, dis ce qui manque ; n’invente ni montant, ni délai, ni promesse.\n"
            "Phrases courtes. Pas d’excuses à répétition. Nous sommes le {{date}}."
        ),
        "en": (
            "You prepare the reply to the mail of {{customer_name}} (“{{subject}}”), which {{agent_name}} will check.\n"
            "Answer each question, in order, from the passages found alone, and cite each one: [1].\n"
            "Where no passage answers, say what is missing; invent no amount, no delay, no promise.\n"
            "Short sentences. No repeated apologies. Today is {{date}}."
        ),
    },
    Template.SUPPORT: {
        "fr": (
            "Tu aides {{customer_name}} à résoudre un problème avec un produit.\n"
            "Donne la procédure entière, dans l’ordre de la notice, sans en sauter une étape, et cite-la : [1].\n"
            "Rappelle l’avertissement de sécurité s’il y en a un. Si la notice ne dit rien, dis-le."
        ),
        "en": (
            "You help {{customer_name}} to solve a problem with a product.\n"
            "Give the whole procedure, in the manual’s order, leaving out no step, and cite it: [1].\n"
            "Repeat the safety warning where there is one. If the manual says nothing, say so."
        ),
    },
    Template.CLASSIFIER: {
        "fr": (
            "Classe le mail du client. Réponds par un objet JSON : category (delivery, refund, return, warranty, "
            "invoice, complaint, product, privacy, other), priority (low, normal, high), "
            "sentiment (negative, neutral, positive)."
        ),
        "en": (
            "Classify the customer’s mail. Answer with a JSON object: category (delivery, refund, return, warranty, "
            "invoice, complaint, product, privacy, other), priority (low, normal, high), "
            "sentiment (negative, neutral, positive)."
        ),
    },
    Template.MARKETING: {
        "fr": (
            "Tu réponds à {{customer_name}} sur l’offre : produits, prix, cartes cadeaux, fidélité.\n"
            "N’annonce que ce que les passages disent, avec leurs conditions et leurs dates, et cite-les : [1].\n"
            "Ton chaleureux, sans superlatif. Une seule proposition à la fin."
        ),
        "en": (
            "You answer {{customer_name}} about the offer: products, prices, gift cards, loyalty.\n"
            "Announce only what the passages say, with their conditions and dates, and cite them: [1].\n"
            "Warm tone, no superlatives. One suggestion at the end."
        ),
    },
    Template.MULTILINGUAL: {
        "fr": (
            "Réponds à {{customer_name}} dans la langue {{language}}, même si les passages sont dans une autre.\n"
            "Cite chaque passage dont tu te sers : [1]. Garde les noms de produits et les montants tels quels.\n"
            "Quand aucun passage ne répond, dis ce qui manque."
        ),
        "en": (
            "Answer {{customer_name}} in the language {{language}}, even where the passages are in another.\n"
            "Cite each passage you use: [1]. Keep product names and amounts as they are.\n"
            "Where no passage answers, say what is missing."
        ),
    },
}

CLASSIFIER_SCHEMA: Final = """{
  "type": "object",
  "properties": {
    "category": {
      "enum": ["delivery", "refund", "return", "warranty", "invoice", "complaint", "product", "privacy", "other"]
    },
    "priority": {"enum": ["low", "normal", "high"]},
    "sentiment": {"enum": ["negative", "neutral", "positive"]}
  },
  "required": ["category", "priority", "sentiment"]
}"""

_LENGTHS: Final = {Template.SUPPORT: ReplyLength.MEDIUM, Template.MARKETING: ReplyLength.MEDIUM}


def template_name(template: Template, language: str) -> str:
    return _NAMES[template][_known(language)]


def template_description(template: Template, language: str) -> str:
    return _DESCRIPTIONS[template][_known(language)]


def settings_of(template: Template, language: str, model: ModelRef) -> AssistantSettings:
    """`language`: `fr`, or else English."""
    code = _known(language)
    is_classifier = template is Template.CLASSIFIER
    instructions = _INSTRUCTIONS[template][code]
    return AssistantSettings(
        name=_NAMES[template][code],
        description=_DESCRIPTIONS[template][code],
        instructions=french_spaces(instructions) if code == "fr" else instructions,
        model=model,
        knowledge_search=not is_classifier,
        output_format=OutputFormat.JSON if is_classifier else OutputFormat.REPLY,
        json_schema=CLASSIFIER_SCHEMA if is_classifier else "",
        reply_style=ReplyStyle(length=_LENGTHS.get(template, ReplyLength.SHORT)),
    )


def _known(language: str) -> str:
    return "fr" if language == "fr" else "en"
