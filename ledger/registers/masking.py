"""What may be seen of a name, a phone number or an ID number outside the outlet's own counter."""


def masked(kind: str, text: str) -> str:
    """Return a personal value as it may leave the outlet.

    `kind` is "name" (王**), "phone" (138****1234) or "id_tail" (***3: the last sign only). Format in use in county
    disclosures, after full ID numbers in public lists had exposed poor people.
    """
    if not text:
        return ""
    if kind == "name":
        return text[0] + "*" * min(max(len(text) - 1, 1), 2)
    if kind == "phone":
        return text[:3] + "****" + text[-4:] if len(text) >= 11 else "****" + text[4:][-2:]
    if kind == "id_tail":
        return "***" + text[-1]
    raise ValueError(f"no mask for {kind}")
