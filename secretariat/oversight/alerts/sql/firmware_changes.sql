-- Firmware to which devices changed in some months: how many devices, from when to when, and the middle of it.
SELECT model_id, fw_id, count(*) AS devices, min(from_at) AS first_at, max(from_at) AS last_at,
    CAST(avg(from_at) AS BIGINT) AS middle
FROM devices
WHERE step > 1 AND from_at >= :from_at AND from_at < :to_at
GROUP BY model_id, fw_id
ORDER BY devices DESC, model_id, fw_id
