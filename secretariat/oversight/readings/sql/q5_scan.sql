-- Storms: hours in which a region sends a code more often than the mean of the week before and six deviations more.
-- The week is 168 hours in which anything was received; an hour without the code counts with nought.
WITH hours AS (
    SELECT region, alert_code, CAST(received // 3600000 AS INTEGER) AS hour, count(*) AS n FROM alerts
    WHERE month BETWEEN :before AND :last AND received >= CAST(:from_hour - 168 AS BIGINT) * 3600000 AND received < CAST(:to_hour AS BIGINT) * 3600000
    GROUP BY region, alert_code, CAST(received // 3600000 AS INTEGER)
),
pairs AS (SELECT region, alert_code FROM hours GROUP BY region, alert_code HAVING max(n) >= :least),
clock AS (SELECT DISTINCT hour FROM hours),
every AS (
    SELECT p.region, p.alert_code, c.hour, coalesce(h.n, 0) AS n
    FROM pairs p CROSS JOIN clock c
    LEFT JOIN hours h ON h.region = p.region AND h.alert_code = p.alert_code AND h.hour = c.hour
),
moving AS (
    SELECT region, alert_code, hour, n, count(*) OVER week AS hours,
        CAST(coalesce(sum(n) OVER week, 0) AS DOUBLE) AS total, CAST(coalesce(sum(n * n) OVER week, 0) AS DOUBLE) AS squares
    FROM every
    WINDOW week AS (PARTITION BY region, alert_code ORDER BY hour ROWS BETWEEN 168 PRECEDING AND 1 PRECEDING)
),
measured AS (
    SELECT region, alert_code, hour, n, total / hours AS mean,
        sqrt(abs(squares / hours - (total / hours) * (total / hours))) AS deviation
    FROM moving
    WHERE n >= :least AND hour >= :from_hour AND hours >= 24
)
SELECT region, alert_code, hour, n, mean, deviation FROM measured
WHERE n > mean + :deviations * deviation
ORDER BY hour, region, alert_code
