-- Alerts by hour, from an hour until before another (hours since 1970). A region or code of -1 is all.
SELECT hour, CAST(sum(n) AS BIGINT) AS n
FROM cube_h
WHERE month BETWEEN :before AND :last AND hour >= :from_hour AND hour < :to_hour
    AND (:region = -1 OR region = :region) AND (:code = -1 OR alert_code = :code)
GROUP BY hour
ORDER BY hour
