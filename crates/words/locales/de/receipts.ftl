# Receipts of donations
receipt-file = Quittung (PDF, PNG oder JPEG)
receipt-file-help = Höchstens 5 MB. Die empfehlende Person kann sie herunterladen.
receipt = Quittung herunterladen
receipt-of = Quittung zu { $reward } herunterladen
error-document-missing = Bitte wählen Sie die Quittung als Datei aus.
error-document-kind = Bitte wählen Sie eine PDF-, PNG- oder JPEG-Datei. Diese ist keine.
error-document-too-large = Diese Datei ist größer als 5 MB.
