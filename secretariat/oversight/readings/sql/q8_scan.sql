-- Repeats: messages of a month that follow the same device's same code within so many seconds.
WITH gaps AS (
    SELECT alert_code, received - lag(received) OVER (PARTITION BY alert_code, region, device_key ORDER BY received) AS gap
    FROM alerts WHERE month = :month AND device_key > 0
)
SELECT alert_code, count(*) AS n, CAST(sum(CASE WHEN gap <= :seconds * 1000 THEN 1 ELSE 0 END) AS BIGINT) AS repeats
FROM gaps
GROUP BY alert_code
ORDER BY repeats DESC, alert_code
