"""Invented measurement data with the truth beside it, always the same for the same size.

Nothing here is a fact of the estate. Planted are pairs of a model and a code that alert far too much, by few
devices; storms of an hour in a region; new firmware that takes nine in ten of a pair's alerts away. What is
planted is told, so that finding it can be scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from secretariat.oversight.readings.layout import DAY, FOR_EVER, HOUR, bounds
from secretariat.oversight.readings.runner import DuckRunner, quoted
from secretariat.plain.months import Month

FIRST = Month(2019, 2)
SHARES = (0.15, 0.35, 0.35, 0.15)
"""Of the models: hubs, electricity meters, gas meters, displays. A home has one device of each."""
_NAMED = "8F3E 8F3D 8F3F 8F75 81A0 8F1D 8F1F 8F35 8F36 8F12 8071 8F72 8F1C 8F66 8F67 8014 819D 819E 8F0A 8F84 8F30"
CODES = [
    *(int(code, 16) for code in _NAMED.split()), *range(0x8002, 0x800A), *range(0x8020, 0x8030),
    *range(0x8085, 0x809D), *range(0x8F00, 0x8F0A), *range(0x8F50, 0x8F5B),
]  # fmt: skip
"""Ninety codes; which are frequent is invented."""
KEPT = 0.1
"""Of a mended pair's alerts, the part that remains."""


@dataclass(frozen=True)
class Profile:
    """How much is made."""

    devices: int
    models: int
    firmwares: int
    alerts: int
    requests: int
    exceptions: int
    months: int = 13
    hot: int = 25
    mended: int = 8
    storms: int = 6
    first: Month = FIRST

    @property
    def span(self) -> tuple[Month, ...]:
        """The months of the data."""
        year, month = divmod(self.first.year * 12 + self.first.month + self.months - 2, 12)
        return Month.range(self.first, Month(year, month + 1))


T = Profile(8_000, 12, 3, 120_000, 12_000, 6_000, months=4, hot=5, mended=2, storms=3)
S = Profile(200_000, 80, 3, 2_000_000, 1_000_000, 50_000)
M = Profile(20_000_000, 800, 4, 150_000_000, 60_000_000, 3_000_000)
DEMO = Profile(4_000, 12, 3, 40_000, 8_000, 3_000, months=4, hot=4, mended=1, storms=2, first=Month(2019, 11))
PROFILES = {"T": T, "DEMO": DEMO, "S": S, "M": M}


@dataclass(frozen=True)
class Truth:
    """What was planted: hot pairs (model, code), the mended among them, and storms (region, code, hour)."""

    hot: tuple[tuple[int, int], ...]
    mended: tuple[tuple[int, int], ...]
    storms: tuple[tuple[int, int, int], ...]


def truth(profile: Profile, seed: int = 1) -> Truth:
    """What is planted in a profile."""
    chance = Random(seed)
    popular = [model for first, count in _blocks(profile) for model in range(first, first + max(1, count * 6 // 10))]
    models = chance.sample(popular, profile.hot)
    codes = chance.sample(CODES, profile.hot)
    hot = tuple(zip(models, codes, strict=True))
    storms: list[tuple[int, int, int]] = []
    for month in profile.span:
        first, end = (at // HOUR for at in bounds(month))
        early = 200 if month == profile.span[0] else 0
        hours = chance.sample(range(first + early, end - 1), profile.storms)
        storms += [(chance.randint(1, 3), chance.choice(CODES), hour) for hour in hours]
    return Truth(hot, hot[: profile.mended], tuple(storms))


def _blocks(profile: Profile) -> list[tuple[int, int]]:
    """Of each type of device, the first model and how many there are."""
    counts = [round(profile.models * share) for share in SHARES]
    return [(1 + sum(counts[:place]), count) for place, count in enumerate(counts)]


MACROS = """
CREATE OR REPLACE MACRO stir(x) AS (xor(x, x >> 16) * 73244475) & 4294967295;
CREATE OR REPLACE MACRO salted(x, salt) AS (CAST(x AS BIGINT) + CAST(salt AS BIGINT) * 1640531527) & 4294967295;
CREATE OR REPLACE MACRO mix(x, salt) AS stir(stir(salted(x, salt)));
CREATE OR REPLACE MACRO part(x, salt) AS mix(x, salt) / 4294967296.0;
"""


@dataclass(frozen=True)
class Maker:
    """Makes the files of a profile with an engine, each from the number of its row alone."""

    profile: Profile
    runner: DuckRunner
    seed: int = 1

    def __post_init__(self) -> None:
        self.runner.connection.execute(MACROS)

    @property
    def bounds(self) -> tuple[int, int]:
        """The first millisecond of the data and the first one after."""
        return bounds(self.profile.span[0])[0], bounds(self.profile.span[-1])[1]

    def devices(self, path: Path) -> int:
        """Writes the inventory; how many rows."""
        first, end = self.bounds
        homes, firmwares = self.profile.devices // 4, self.profile.firmwares
        blocks = _blocks(self.profile)
        starts, counts = [block[0] for block in blocks], [block[1] for block in blocks]
        base = f"""SELECT CAST(range AS INTEGER) + 1 AS device_key, range // 4 AS home,
            CAST(range % 4 AS INTEGER) AS kind FROM range({homes * 4})"""
        known = f"""SELECT *, CASE WHEN home < {homes} * 0.4 THEN {first - 180 * DAY} + home * 1000
                ELSE {first} + CAST(floor((1.0 * home / {homes} - 0.4) / 0.6 * {end - first}) AS BIGINT)
                END AS installed_at,
            CAST({starts}[kind + 1] + floor({counts}[kind + 1] * pow(part(device_key, 1), 1.5)) AS INTEGER) AS model_id,
            CASE WHEN home % 50 < 15 THEN 1 WHEN home % 50 < 34 THEN 2 ELSE 3 END AS region FROM ({base})"""
        lived = f"""SELECT *, CASE WHEN mix(home, 2) % 128 = 0 THEN installed_at + (30 + mix(home, 3) % 300) * {DAY}
                ELSE {FOR_EVER} END AS removed_at,
            CASE WHEN mix(device_key, 4) % 100 < 45
                THEN {first} + ({self.release} + mix(model_id, 5) % {self.release + 1}) * {DAY}
                    + mix(device_key, 6) % {self.rollout * DAY}
                ELSE {FOR_EVER} END AS wished_at FROM ({known})"""
        changed = f"""SELECT *, CASE WHEN wished_at > installed_at + {DAY} AND wished_at < removed_at THEN wished_at
            ELSE {FOR_EVER} END AS changed_at FROM ({lived})"""
        columns = """device_key, device_key * 4294967296 + mix(device_key, 7) - 4611686018427387904 AS eui64,
            kind + 1 AS device_type, model_id, region, CAST(4 * home + 1 AS INTEGER) AS hub_key,
            installed_at, removed_at"""
        early = f"(model_id - 1) * {firmwares} + 1 + mix(device_key, 8) % {firmwares - 1} AS fw_id"
        late = f"model_id * {firmwares} AS fw_id"
        return self.runner.write(
            f"""WITH d AS ({changed})
            SELECT {columns}, {early}, 1 AS step, installed_at AS from_at, least(changed_at, removed_at) AS to_at FROM d
            UNION ALL SELECT {columns}, {late}, 2 AS step, changed_at AS from_at, removed_at AS to_at FROM d
            WHERE changed_at < {FOR_EVER}""",
            path,
        )

    @property
    def release(self) -> int:
        """Days after the beginning at which firmware is first released; the last comes at twice that and rolls out."""
        return self.profile.months * 30 // 4

    @property
    def rollout(self) -> int:
        """Days in which devices change."""
        return self.profile.months * 30 // 6

    def prepare(self, devices: Path) -> None:
        """Gathers from the inventory the devices of the hot pairs, once."""
        planted = truth(self.profile, self.seed)
        pairs = ", ".join(f"({place}, {model}, {code})" for place, (model, code) in enumerate(planted.hot))
        self.runner.connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE pairs AS FROM (VALUES {pairs}) p(pair, model_id, code);
            CREATE OR REPLACE TEMP TABLE hot AS
            SELECT pair, code, device_key, eui64,
                row_number() OVER (PARTITION BY pair ORDER BY device_key) - 1 AS place,
                installed_at, removed_at, to_at AS changed_at
            FROM read_parquet({quoted(devices)}) JOIN pairs USING (model_id) WHERE step = 1;
            SET VARIABLE sizes = (
                SELECT list(size ORDER BY pair) FROM (SELECT pair, count(*) AS size FROM hot GROUP BY pair));
        """)
        weights = [1 / (place + 1) ** 1.3 for place in range(len(CODES))]
        drawn = Random(self.seed).choices(CODES, weights, k=4096)
        slots = ", ".join(f"({place}, {code})" for place, code in enumerate(drawn))
        self.runner.connection.execute(f"CREATE OR REPLACE TEMP TABLE slots AS FROM (VALUES {slots}) s(slot, code)")

    def alerts(self, month: Month, path: Path) -> int:
        """Writes the raw alerts of a month, as the central service would send them; how many. After `prepare`."""
        total = self.of_month(self.profile.alerts, month, growth=1.07)
        parts = (
            self._hot(month, total * 62 // 100),
            self._storms(month, total * 6 // 100),
            self._rest(month, total * 32 // 100),
        )
        select = " UNION ALL ".join(f"({part})" for part in parts)
        return self.runner.write(
            f"""SELECT received, eui64, CAST(code AS INTEGER) AS alert_code,
                CAST(mix(received, 30) % 40 AS INTEGER) AS recipient,
                CAST(CASE WHEN mix(received, 31) % 100 = 0 THEN 2 + mix(received, 32) % 19 ELSE 1 END AS INTEGER)
                AS weight
            FROM ({select})""",
            path,
        )

    def of_month(self, total: int, month: Month, growth: float) -> int:
        """How many of a total fall into a month, growing from month to month."""
        weights = [growth**place for place in range(self.profile.months)]
        return int(total * weights[self.profile.span.index(month)] / sum(weights))

    def _rows(self, month: Month, count: int, salt: int) -> str:
        """Rows with their number, an instant in the month and the part of homes that then have devices."""
        first, end = bounds(month)
        begin, stop = self.bounds
        number = f"range + {self.profile.span.index(month)} * 100000000"
        return f"""SELECT *, 0.4 + 0.6 * (received - {begin}) / {stop - begin} AS there FROM (
            SELECT {number} AS i, {first} + CAST(floor(part({number}, {salt}) * {end - first}) AS BIGINT) AS received
            FROM range({count}))"""

    def _hot(self, month: Month, count: int) -> str:
        mended = self.profile.mended
        return f"""SELECT r.received, h.eui64, h.code FROM (
                SELECT i, received, there, i % {self.profile.hot} AS pair FROM ({self._rows(month, count, 40)})) r
            JOIN hot h ON h.pair = r.pair
                AND h.place = CAST(floor(pow(part(r.i, 41), 3) * r.there * getvariable('sizes')[r.pair + 1]) AS BIGINT)
            WHERE r.received >= h.installed_at AND r.received < h.removed_at
                AND NOT (h.pair < {mended} AND r.received >= h.changed_at AND part(r.i, 42) >= {KEPT})"""

    def _rest(self, month: Month, count: int) -> str:
        homes = self.profile.devices // 4
        drawn = f"""SELECT received, mix(i, 53) % 4096 AS slot,
            1 + 4 * CAST(floor(part(i, 51) * there * {homes}) AS BIGINT) + mix(i, 52) % 4 AS device_key
            FROM ({self._rows(month, count, 50)})"""
        joined = f"({drawn}) JOIN slots USING (slot)"
        return f"SELECT received, {self._eui()} AS eui64, code FROM {joined} WHERE {self._there()}"

    def _storms(self, month: Month, count: int) -> str:
        first, end = (at // HOUR for at in bounds(month))
        storms = [storm for storm in truth(self.profile, self.seed).storms if first <= storm[2] < end]
        values = ", ".join(f"({place}, {region}, {code}, {hour})" for place, (region, code, hour) in enumerate(storms))
        homes = self.profile.devices // 4
        drawn = f"""SELECT CAST(hour AS BIGINT) * {HOUR} + mix(i, 61) % {HOUR} AS received, code, 1 + 4 * (
                50 * CAST(floor(part(i, 62) * there * {homes // 50}) AS BIGINT)
                + CASE region WHEN 1 THEN mix(i, 63) % 15 WHEN 2 THEN 15 + mix(i, 63) % 19 ELSE 34 + mix(i, 63) % 16 END
            ) + mix(i, 64) % 4 AS device_key
            FROM ({self._rows(month, count, 60)}) JOIN (VALUES {values}) s(storm, region, code, hour)
            ON storm = i % {len(storms)}"""
        return f"SELECT received, {self._eui()} AS eui64, code FROM ({drawn}) WHERE {self._there()}"

    def _eui(self) -> str:
        return "device_key * 4294967296 + mix(device_key, 7) - 4611686018427387904"

    def _there(self) -> str:
        """Not of a home whose devices were removed: homes removed at all send nothing here, which is near enough."""
        return "mix((device_key - 1) // 4, 2) % 128 <> 0"

    def requests(self, month: Month, path: Path) -> int:
        """Writes the answered requests of a month: times are log-normal, slower in the North, better by and by."""
        count, place = self.of_month(self.profile.requests, month, 1.0), self.profile.span.index(month)
        normal = "sqrt(-2 * ln(1 - part(i, 71))) * cos(2 * pi() * part(i, 72))"
        return self.runner.write(
            f"""SELECT received, measure, region, 30000 AS target_ms, CAST(2000 * (1.25 - 0.01 * {place})
                * (1.0 + 0.4 * CAST(region = 1 AS INTEGER)) * exp(1.1 * {normal}) AS INTEGER) AS taken_ms
            FROM (SELECT *, CAST(1 + mix(i, 73) % 3 AS INTEGER) AS measure,
                    CAST(1 + mix(i, 74) % 3 AS INTEGER) AS region
                FROM ({self._rows(month, count, 70)}))""",
            path,
        )

    def exceptions(self, month: Month, path: Path) -> int:
        """Writes the exceptions of a month over nine categories, the first with 38 in a hundred, rising."""
        months = self.profile.months
        weights = [(place + 1) ** 0.5 for place in range(months)]
        count = int(self.profile.exceptions * weights[self.profile.span.index(month)] / sum(weights))
        return self.runner.write(
            f"""SELECT received,
                CAST(CASE WHEN part(i, 81) < 0.38 THEN 1 ELSE 2 + mix(i, 82) % 8 END AS INTEGER) AS category,
                CAST(1 + mix(i, 83) % 3 AS INTEGER) AS region,
                CAST(1 + mix(i, 84) % {self.profile.devices} AS INTEGER) AS hub_key
            FROM ({self._rows(month, count, 80)})""",
            path,
        )
