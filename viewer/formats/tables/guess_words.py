"""Names that columns go by, in English, French, German and Spanish; folded, without accents."""

from __future__ import annotations

NAMES: dict[str, tuple[str, ...]] = {
    "identifier": (
        "id", "uid", "uuid", "event id", "identifier", "key", "internal identifier", "identifiant",
        "kennung", "identificador", "ref", "reference",
    ),
    "title": (
        "title", "headline", "name", "event", "event title", "subject", "label", "what", "titre", "intitule",
        "evenement", "nom", "titel", "uberschrift", "ereignis", "bezeichnung", "titulo", "titular", "evento",
        "suceso", "nombre",
    ),
    "summary": (
        "summary", "description", "text", "notes", "note", "details", "body", "content", "abstract", "resume",
        "texte", "contenu", "beschreibung", "zusammenfassung", "inhalt", "resumen", "descripcion", "texto",
        "comments",
    ),
    "kind": (
        "kind", "type", "category", "event type", "class", "categorie", "genre", "nature", "art", "typ",
        "kategorie", "tipo", "categoria", "clase",
    ),
    "start": (
        "date", "when", "start", "start date", "begin", "from", "event date", "datetime", "date start", "begins",
        "debut", "date de debut", "quand", "jour", "datum", "beginn", "von", "anfang", "startdatum", "wann",
        "fecha", "inicio", "desde", "fecha de inicio", "cuando", "day of event",
    ),
    "end": (
        "end", "end date", "until", "to", "finish", "date end", "ends", "fin", "date de fin", "jusqu a", "ende",
        "bis", "enddatum", "fecha de fin", "fecha fin", "hasta", "final",
    ),
    "year": ("year", "annee", "an", "jahr", "ano"),
    "month": ("month", "mois", "monat", "mes"),
    "day": ("day", "tag des monats", "dia"),
    "time": ("time", "heure", "uhrzeit", "zeit", "hora"),
    "wording": ("display date", "date text", "date as written"),
    "place": (
        "place", "location", "where", "city", "town", "venue", "site", "lieu", "endroit", "ville", "localite",
        "ort", "stadt", "wo", "lugar", "ciudad", "ubicacion", "localidad",
    ),
    "country": ("country", "pays", "land", "pais"),
    "latitude": ("latitude", "lat", "breite", "breitengrad", "latitud"),
    "longitude": ("longitude", "lng", "long", "lon", "lange", "langengrad", "longitud"),
    "origin": ("origin", "departure", "origine", "provenance", "depart", "herkunft", "origen", "procedencia"),
    "quantity": (
        "quantity", "number", "count", "strength", "amount", "troops", "soldiers", "nombre de", "effectif",
        "effectifs", "quantite", "anzahl", "menge", "starke", "cantidad", "numero", "efectivos",
    ),
    "actor": (
        "actor", "actors", "who", "person", "people", "unit", "force", "organisation", "organization", "speaker",
        "acteur", "acteurs", "qui", "personne", "unite", "akteur", "akteure", "person en", "wer", "einheit",
        "actores", "quien", "persona", "unidad",
    ),
    "tags": (
        "tags", "tag", "keywords", "labels", "group", "mots cles", "etiquettes", "groupe", "schlagworter",
        "stichworter", "gruppe", "etiquetas", "palabras clave", "grupo",
    ),
    "source": (
        "source", "sources", "source title", "source name", "reference title", "citation", "quelle", "quellen",
        "fuente", "fuentes",
    ),
    "publisher": (
        "publisher", "outlet", "newspaper", "media", "publication", "editeur", "journal", "herausgeber",
        "zeitung", "medium", "editor", "medio", "periodico",
    ),
    "author": ("author", "byline", "auteur", "autor", "verfasser"),
    "url": ("url", "link", "source url", "web", "website", "source link", "lien", "adresse", "enlace", "vinculo"),
    "archived_url": ("archived url", "archive", "archive url", "archive link", "archive location"),
    "published": (
        "published", "publication date", "source date", "date of publication", "date de publication", "publie le",
        "veroffentlicht", "erscheinungsdatum", "publicado", "fecha de publicacion",
    ),
    "quote": ("quote", "quotation", "excerpt", "citation exacte", "extrait", "zitat", "cita", "extracto"),
    "reliability": ("reliability", "source reliability", "fiabilite", "zuverlassigkeit", "fiabilidad"),
    "credibility": ("credibility", "credibilite", "glaubwurdigkeit", "credibilidad"),
}  # fmt: skip
"""By field of ours, the likeliest first; a column is one field only, that of the earliest field here."""

KINDS: dict[str, str] = {
    "deploiement": "deployment", "einsatz": "deployment", "verlegung": "deployment", "despliegue": "deployment",
    "retrait": "withdrawal", "abzug": "withdrawal", "ruckzug": "withdrawal", "retirada": "withdrawal",
    "declaration": "statement", "erklarung": "statement", "aussage": "statement", "declaracion": "statement",
}  # fmt: skip
"""What the built-in kinds are called elsewhere."""
