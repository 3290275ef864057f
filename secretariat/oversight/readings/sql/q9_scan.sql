-- How far each measure was attained: by month the level, in how many months it missed, and the trend of the level.
-- The trend says in how many months the target is reached; nothing where it does not rise.
WITH counted AS (
    SELECT month, measure, count(*) AS n, CAST(sum(CASE WHEN taken_ms <= target_ms THEN 1 ELSE 0 END) AS BIGINT) AS in_time
    FROM requests WHERE month BETWEEN :first AND :last
    GROUP BY month, measure
),
levels AS (
    SELECT month, measure, n, in_time, 1e2 * in_time / n AS level,
        row_number() OVER (PARTITION BY measure ORDER BY month) AS place,
        count(*) OVER (PARTITION BY measure) AS months
    FROM counted
),
summed AS (
    SELECT measure, months, place, level,
        sum(level) OVER upto AS levels, sum(place * level) OVER upto AS placed
    FROM levels
    WINDOW upto AS (PARTITION BY measure ORDER BY place ROWS UNBOUNDED PRECEDING)
),
told AS (
    SELECT measure, max(months) AS months,
        CAST(sum(CASE WHEN level < :target THEN 1 ELSE 0 END) AS BIGINT) AS missed_target,
        CAST(sum(CASE WHEN level < :minimum THEN 1 ELSE 0 END) AS BIGINT) AS missed_minimum,
        max(CASE WHEN place = months THEN level END) AS latest,
        (max(months) * max(CASE WHEN place = months THEN placed END)
            - CAST(sum(place) AS BIGINT) * max(CASE WHEN place = months THEN levels END))
            / nullif(CAST(max(months) * sum(place * place) - sum(place) * sum(place) AS BIGINT), 0) AS slope
    FROM summed GROUP BY measure
)
SELECT measure, months, missed_target, missed_minimum, latest, slope,
    CASE WHEN latest >= :target THEN 0e0 WHEN slope > 0 THEN (:target - latest) / slope END AS months_to_target
FROM told
ORDER BY measure
