"""PostgreSQL with the books of postgres/books.sql, tuned as postgres/postgresql.conf says."""

import os
import signal

import households
import processes
import split_cases

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "postgres")
PROGRAMS = "/usr/lib/postgresql/15/bin"
SEGMENTS_READY = 48  # of 16 MiB: more than a comparison writes


class Postgres:
    name = "PostgreSQL"

    def __init__(self, folder):
        self.folder = os.path.join(folder, "postgres")
        self.process = None
        self.environment = {"PGHOST": self.folder, "PGUSER": "postgres", "PGDATABASE": "postgres"}

    def start(self, families_file, families):
        self.start_server()
        self.sql_file(os.path.join(HERE, "books.sql"))
        rows = list(households.accounts(families_file)) + list(split_cases.accounts())
        self.copy_in(rows)
        self.run_in()
        self.balance_fen_at_start = sum(account.balance_fen for account in rows)

    def start_server(self):
        os.mkdir(self.folder)
        if os.geteuid() == 0:
            import shutil
            shutil.chown(self.folder, "postgres", "postgres")
        data = os.path.join(self.folder, "data")
        processes.output_of([*processes.unprivileged(), f"{PROGRAMS}/initdb", "-D", data, "-U", "postgres", "-A",
                             "trust", "-E", "UTF8", "--no-locale"], cwd=self.folder)
        with open(os.path.join(HERE, "postgresql.conf")) as ours, \
                open(os.path.join(data, "postgresql.conf"), "a") as theirs:
            theirs.write(ours.read())
        self.process = processes.start([*processes.unprivileged(), f"{PROGRAMS}/postgres", "-D", data, "-k",
                                        self.folder], os.path.dirname(self.folder), "postgres")
        processes.until(self.answers, "PostgreSQL")

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError("PostgreSQL did not start; see postgres.log")
        return os.system(f"{PROGRAMS}/pg_isready -q -U postgres -h {self.folder}") == 0

    def sql(self, text):
        return processes.output_of(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text], env=self.client()).strip()

    def sql_file(self, path):
        processes.output_of(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-f", path], env=self.client())

    def copy_in(self, accounts):
        text = "".join(f"{a.psn_no}\t{a.organiser or chr(92) + 'N'}\t{a.balance_fen}\n" for a in accounts)
        processes.output_of(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-c", "copy account from stdin"],
                            env=self.client(), input=text)
        self.sql("vacuum analyze account")

    def run_in(self):
        """A server that has run for a while writes into log files that are there already, and its pages were
        written out whole since the last checkpoint. A new one would pay for both while it is measured."""
        self.sql(f"do $$ begin for segment in 1..{SEGMENTS_READY} loop perform pg_logical_emit_message(false, '', '');"
                 " perform pg_switch_wal(); end loop; end $$")
        self.sql("checkpoint")
        self.sql("update account set balance_fen = balance_fen")

    def client(self):
        return dict(os.environ, **self.environment)

    def journaled(self):
        return int(self.sql("select count(*) from journal"))

    def audit(self):
        paid, left, wrong = (int(word) for word in self.sql(
            "select (select coalesce(sum(own_fen + family_fen), 0) from journal), (select sum(balance_fen) from account),"
            " (select count(*) from journal where own_fen + family_fen + cash_fen <> bill_fen)").split("|"))
        missing = self.balance_fen_at_start - left - paid
        return "" if missing == 0 and wrong == 0 else f"{missing} fen are missing, {wrong} rows do not add up"

    def stop(self):
        processes.stop(self.process, signal.SIGINT)  # "fast": clients are cut off
