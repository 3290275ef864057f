-- The devices with most alerts.
SELECT device_key, CAST(sum(n) AS BIGINT) AS n FROM hot_device_month
WHERE month BETWEEN :first AND :last AND device_key > 0
GROUP BY device_key
ORDER BY n DESC, device_key
LIMIT :top
