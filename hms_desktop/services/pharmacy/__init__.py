"""The pharmacist's further services (queue, reversal, stock screens, adjustments), and the steps of dispensing.

May import data, documents and domain. Giving medicines out is `services/dispensing.py`; what moves stock is
`services/stock.py`. Read first: lines.py and hand_over.py.
"""
