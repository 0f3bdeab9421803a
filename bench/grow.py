"""Makes a demonstration large: customers by the product's own import, referrals by copying those of the demonstration.

The use cases would need hours for a hundred thousand referrals, and what is measured are the reading pages. Copies keep
stages, times, texts and rewards of their original and belong to imported people. The reward ledger is not copied, so
`dreiklang doctor` is right to complain about a grown house.
"""

import os
import sys

from house import House, Run

# Tables that hang on a referral, with what differs in a copy. Everything else is taken as it is.
COPIES = {
    "referrals": {
        "id": "moved(t.id, k)",
        "advocate_id": "p.member_id",
        "advocate_account_id": "p.account_id",
        "touch_id": "NULL",
        "company_name": "t.company_name || ' ' || k",
        "company_key": "t.company_key || ' ' || k",
        "domain": "NULL",
        "share_token_hash": "NULL",
        "submission_key": "t.submission_key || '-' || k",
        "submitted_at": "t.submitted_at - k * 1000000",
    },
    "referral_events": {"id": "moved(t.id, k)", "referral_id": "moved(t.referral_id, k)"},
    "contacts": {
        "id": "moved(t.id, k)",
        "referral_id": "moved(t.referral_id, k)",
        "email_hash": "t.email_hash || k",
        "confirm_token_hash": "NULL",
        "page_token_hash": "NULL",
    },
    "consents": {
        "id": "moved(t.id, k)",
        "referral_id": "moved(t.referral_id, k)",
        "contact_id": "moved(t.contact_id, k)",
    },
    "referral_messages": {"id": "moved(t.id, k)", "referral_id": "moved(t.referral_id, k)"},
    "rewards": {
        "id": "moved(t.id, k)",
        "referral_id": "moved(t.referral_id, k)",
        "receiver_account_id": "CASE WHEN t.receiver_account_id IS NULL THEN NULL ELSE p.account_id END",
    },
    "win_entries": {"id": "moved(t.id, k)", "referral_id": "moved(t.referral_id, k)"},
}

MOVED = """
CREATE FUNCTION moved(id uuid, k integer) RETURNS uuid IMMUTABLE LANGUAGE sql AS
$$ SELECT (substr(id::text, 1, 28) || lpad(to_hex(k), 8, '0'))::uuid $$;
"""


def moved(identifier: bytes | None, k: int) -> bytes | None:
    return None if identifier is None else identifier[:12] + k.to_bytes(4)


def customers(rows: int, file: str) -> None:
    """A file of as many customers, each with one person, as a company would import it."""
    with open(file, "w", encoding="utf-8") as out:
        out.write("company;domains;industry;country;kind;status;customer_since;person;mail;language;account_manager\n")
        for number in range(rows):
            country = ("DE", "AT", "CH")[number % 3]
            out.write(
                f"Werk {number:06} Maschinenbau GmbH;werk-{number:06}.example;28;{country};private_company;customer;"
                f"20{16 + number % 10}-0{1 + number % 9}-01;Erika Muster{number};erika{number}@werk-{number:06}.example;"
                f"de;miriam.vogt@halvern.example\n"
            )


def import_customers(house: House, rows: int) -> Run:
    file = os.path.join(house.folder, "customers.csv")
    customers(rows, file)
    run = house.run("import", "customers", file)
    os.remove(file)
    return run


def referrals(house: House, wanted: int) -> int:
    """Copies referrals until there are about as many; answers how many there are."""
    there = int(house.sql("SELECT count(*) FROM referrals")[0][0])
    copies = wanted // there - 1
    if house.database_url:
        script = [MOVED]
    else:
        script = []
    script.append(f"""
        CREATE TABLE bench_people AS SELECT row_number() OVER (ORDER BY m.id) - 1 AS n, m.id AS member_id, m.account_id
        FROM members m WHERE m.account_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM referrals r WHERE r.advocate_id = m.id);
        CREATE UNIQUE INDEX bench_people_n ON bench_people (n);
        CREATE TABLE bench_referrals AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM referrals;
        CREATE UNIQUE INDEX bench_referrals_id ON bench_referrals (id);
    """)
    for table, changes in COPIES.items():
        names = columns(house, table)
        if missing := changes.keys() - set(names):
            sys.exit(f"error: {table} has no column {missing}: bench/grow.py is older than the schema")
        values = ", ".join(changes.get(name, f"t.{name}") for name in names)
        key = "id" if table == "referrals" else "referral_id"
        script.append(f"""
            INSERT INTO {table} ({", ".join(names)})
            WITH RECURSIVE numbers (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM numbers WHERE k < {copies})
            SELECT {values} FROM numbers CROSS JOIN bench_referrals b JOIN {table} t ON t.{key} = b.id
            JOIN bench_people p ON p.n = (b.n + k * {there}) % (SELECT count(*) FROM bench_people);
        """)
    script.append("""
        DELETE FROM win_tallies;
        INSERT INTO win_tallies (advocate_id, cause, giver, receiver, kind, entries)
        SELECT r.advocate_id, w.cause, w.giver, w.receiver, w.kind, count(*) FROM win_entries w
        JOIN referrals r ON r.id = w.referral_id GROUP BY r.advocate_id, w.cause, w.giver, w.receiver, w.kind;
        DELETE FROM referral_tallies;
        INSERT INTO referral_tallies (advocate_id, channel, referrals, won)
        SELECT advocate_id, channel, count(*), sum(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) FROM referrals
        GROUP BY advocate_id, channel;
        DELETE FROM cap_tallies;
        INSERT INTO cap_tallies (program_id, unit, cap_year, amount)
        SELECT f.program_id, r.unit, r.cap_year, sum(r.amount) FROM rewards r JOIN referrals f ON f.id = r.referral_id
        WHERE r.side = 'advocate' AND r.state IN ('clearing', 'approved', 'fulfilled') AND r.unit IS NOT NULL
          AND r.cap_year IS NOT NULL AND r.amount IS NOT NULL GROUP BY f.program_id, r.unit, r.cap_year;
    """)
    script.append("DROP TABLE bench_people;\nDROP TABLE bench_referrals;\nANALYZE;\n")
    house.sql("\n".join(script), moved=(2, moved))
    return int(house.sql("SELECT count(*) FROM referrals")[0][0])


def columns(house: House, table: str) -> list[str]:
    if house.database_url:
        rows = house.sql(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position")
        return [row[0] for row in rows]
    return [row[1] for row in house.sql(f"PRAGMA table_info({table})")]
