# Receipts of donations
receipt-file = Receipt (PDF, PNG or JPEG)
receipt-file-help = 5 MB at most. The advocate can download it.
receipt = Download the receipt
receipt-of = Download the receipt of { $reward }
error-document-missing = Please choose the receipt as a file.
error-document-kind = Please choose a PDF, PNG or JPEG file. This is none.
error-document-too-large = This file is larger than 5 MB.
