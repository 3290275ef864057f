-- The models with most alerts for each device installed, in a month.
SELECT c.model_id, c.n, i.installed, 1e0 * c.n / i.installed AS per_device
FROM (SELECT model_id, count(*) AS n FROM alerts WHERE month = :month GROUP BY model_id) c
JOIN (
    SELECT model_id, CAST(sum(installed) AS BIGINT) AS installed FROM installed WHERE month = :month GROUP BY model_id
) i ON i.model_id = c.model_id
ORDER BY per_device DESC, c.model_id
LIMIT :top
