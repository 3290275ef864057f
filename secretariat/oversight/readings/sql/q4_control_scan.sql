-- The control group of a change of firmware: devices of the model that keep their firmware through the same days.
WITH kept AS (
    SELECT device_key FROM devices
    WHERE model_id = :model_id AND from_at < :changed_at - CAST(:days AS BIGINT) * 86400000 AND to_at >= :changed_at + CAST(:days AS BIGINT) * 86400000
        AND removed_at >= :changed_at + CAST(:days AS BIGINT) * 86400000
),
of_device AS (
    SELECT a.device_key,
        CAST(sum(CASE WHEN a.received < :changed_at THEN 1 ELSE 0 END) AS BIGINT) AS earlier,
        CAST(sum(CASE WHEN a.received >= :changed_at THEN 1 ELSE 0 END) AS BIGINT) AS later
    FROM kept k JOIN alerts a ON a.device_key = k.device_key
    WHERE a.received >= :changed_at - CAST(:days AS BIGINT) * 86400000 AND a.received < :changed_at + CAST(:days AS BIGINT) * 86400000 AND a.month BETWEEN :first AND :last
        AND (:code < 0 OR a.alert_code = :code)
    GROUP BY a.device_key
)
SELECT (SELECT count(*) FROM kept) AS devices,
    CAST(coalesce(sum(earlier), 0) AS BIGINT) AS earlier, CAST(coalesce(sum(later), 0) AS BIGINT) AS later,
    CAST(coalesce(sum(earlier * earlier), 0) AS BIGINT) AS earlier_squares,
    CAST(coalesce(sum(later * later), 0) AS BIGINT) AS later_squares,
    CAST(coalesce(sum(earlier * later), 0) AS BIGINT) AS products
FROM of_device
