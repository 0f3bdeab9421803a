"""A file of customers, as a company would import it."""


def write(rows: int, file: str) -> None:
    """Each with one person."""
    with open(file, "w", encoding="utf-8") as out:
        out.write("company;domains;industry;country;kind;status;customer_since;person;mail;language;account_manager\n")
        for number in range(rows):
            country = ("DE", "AT", "CH")[number % 3]
            out.write(
                f"Werk {number:06} Maschinenbau GmbH;werk-{number:06}.example;28;{country};private_company;customer;"
                f"20{16 + number % 10}-0{1 + number % 9}-01;Erika Muster{number};erika{number}@werk-{number:06}.example;"
                f"de;miriam.vogt@halvern.example\n"
            )
