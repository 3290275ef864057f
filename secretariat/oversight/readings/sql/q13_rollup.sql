-- Alerts expected and received in maintenance: expected is the mean of the same hours in the four weeks before.
WITH hours AS (
    SELECT region, hour, CAST(sum(n) AS BIGINT) AS n FROM cube_h
    WHERE month BETWEEN :before AND :last
    GROUP BY region, hour
),
weeks AS (SELECT 0 AS week UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4),
shifted AS (SELECT w.week, h.region, h.hour + 168 * w.week AS hour, h.n FROM hours h CROSS JOIN weeks w)
SELECT w.window_id, w.region, w.from_hour, w.to_hour,
    CAST(coalesce(sum(CASE WHEN s.week = 0 THEN s.n END), 0) AS BIGINT) AS received,
    coalesce(CAST(sum(CASE WHEN s.week > 0 THEN s.n END) AS BIGINT), 0) / 4e0 AS expected
FROM maintenance w
LEFT JOIN shifted s ON s.region = w.region AND s.hour >= w.from_hour AND s.hour < w.to_hour
GROUP BY w.window_id, w.region, w.from_hour, w.to_hour
ORDER BY w.from_hour, w.window_id, w.region
