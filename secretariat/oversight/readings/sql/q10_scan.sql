-- Exceptions at the installation of hubs: by category and region the total and the trend, in exceptions a month.
WITH counted AS (
    SELECT month, category, region, count(*) AS n FROM exceptions WHERE month BETWEEN :first AND :last
    GROUP BY month, category, region
),
placed AS (
    SELECT c.category, c.region, c.n, m.place
    FROM counted c
    JOIN (SELECT month, row_number() OVER (ORDER BY month) AS place FROM (SELECT DISTINCT month FROM counted) d) m
        ON m.month = c.month
)
SELECT category, region, CAST(sum(n) AS BIGINT) AS n,
    1e0 * CAST(count(*) * sum(place * n) - sum(place) * sum(n) AS BIGINT)
        / nullif(CAST(count(*) * sum(place * place) - sum(place) * sum(place) AS BIGINT), 0) AS slope
FROM placed
GROUP BY category, region
ORDER BY n DESC, category, region
