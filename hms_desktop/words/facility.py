"""Words about the clinic itself: papers in printers, kinds of numbers."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "receipt_paper": {
        "80mm": NC_("receipt_paper", "80 mm roll"),
        "A5": NC_("receipt_paper", "A5 sheet"),
    },
    "stock_location": {"main": NC_("stock_location", "Main store")},
    "price_list": {"standard": NC_("price_list", "Standard prices")},
    "number_kind": {
        "mrn": NC_("number_kind", "Patient number"),
        "visit": NC_("number_kind", "Visit number"),
        "ticket": NC_("number_kind", "Ticket"),
        "lab_order": NC_("number_kind", "Lab order number"),
        "specimen": NC_("number_kind", "Specimen number"),
        "prescription": NC_("number_kind", "Prescription number"),
        "dispensing": NC_("number_kind", "Dispensing number"),
        "bill": NC_("number_kind", "Bill number"),
        "receipt": NC_("number_kind", "Receipt number"),
        "refund": NC_("number_kind", "Refund number"),
        "goods_receipt": NC_("number_kind", "Goods receipt number"),
        "cash_session": NC_("number_kind", "Cash session number"),
        "z_report": NC_("number_kind", "Z report number"),
        "paper": NC_("number_kind", "Paper number"),
    },
    "picture_kind": {"png": NC_("picture_kind", "PNG"), "jpeg": NC_("picture_kind", "JPEG")},
}
