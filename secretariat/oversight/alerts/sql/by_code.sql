-- Alerts by code in some months: messages, the alerts that they stand for, and messages by region.
SELECT alert_code, CAST(sum(n) AS BIGINT) AS n, CAST(sum(weight) AS BIGINT) AS weight,
    CAST(sum(CASE WHEN region = 1 THEN n ELSE 0 END) AS BIGINT) AS north,
    CAST(sum(CASE WHEN region = 2 THEN n ELSE 0 END) AS BIGINT) AS central,
    CAST(sum(CASE WHEN region = 3 THEN n ELSE 0 END) AS BIGINT) AS south,
    CAST(sum(CASE WHEN region = 4 THEN n ELSE 0 END) AS BIGINT) AS smets1
FROM cube_h WHERE month BETWEEN :first AND :last AND (:region = -1 OR region = :region)
GROUP BY alert_code
ORDER BY n DESC, alert_code
