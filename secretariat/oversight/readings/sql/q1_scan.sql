-- Alerts by region and month, and for each thousand devices installed when the month ended.
SELECT c.month, c.region, c.n, c.weight, coalesce(i.installed, 0) AS installed, 1e3 * c.n / i.installed AS per_thousand
FROM (
    SELECT month, region, count(*) AS n, CAST(sum(weight) AS BIGINT) AS weight
    FROM alerts WHERE month BETWEEN :first AND :last GROUP BY month, region
) c
LEFT JOIN (SELECT month, region, CAST(sum(installed) AS BIGINT) AS installed FROM installed GROUP BY month, region) i
    ON i.month = c.month AND i.region = c.region
ORDER BY c.month, c.region
