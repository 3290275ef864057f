-- Before and after a change of firmware: of each device, the alerts in so many days before its own change and after.
-- Only changes count of which all these days lie in the months asked for.
-- The sums of squares and products are what an interval round the ratio needs.
WITH changed AS (
    SELECT device_key, model_id, fw_id, from_at FROM devices
    WHERE step > 1 AND from_at >= :from_at + CAST(:days AS BIGINT) * 86400000
        AND from_at < :to_at - CAST(:days AS BIGINT) * 86400000
),
of_device AS (
    SELECT c.fw_id, c.model_id, c.device_key,
        CAST(sum(CASE WHEN a.received < c.from_at THEN 1 ELSE 0 END) AS BIGINT) AS earlier,
        CAST(sum(CASE WHEN a.received >= c.from_at THEN 1 ELSE 0 END) AS BIGINT) AS later
    FROM changed c
    JOIN alerts a ON a.device_key = c.device_key
        AND a.received >= c.from_at - CAST(:days AS BIGINT) * 86400000 AND a.received < c.from_at + CAST(:days AS BIGINT) * 86400000
    WHERE a.month BETWEEN :first AND :last AND (:code < 0 OR a.alert_code = :code)
    GROUP BY c.fw_id, c.model_id, c.device_key
),
estate AS (SELECT fw_id, count(*) AS devices FROM changed GROUP BY fw_id)
SELECT o.model_id, o.fw_id, e.devices, CAST(sum(earlier) AS BIGINT) AS earlier, CAST(sum(later) AS BIGINT) AS later,
    CAST(sum(earlier * earlier) AS BIGINT) AS earlier_squares, CAST(sum(later * later) AS BIGINT) AS later_squares,
    CAST(sum(earlier * later) AS BIGINT) AS products
FROM of_device o JOIN estate e ON e.fw_id = o.fw_id
GROUP BY o.model_id, o.fw_id, e.devices
ORDER BY o.model_id, o.fw_id
