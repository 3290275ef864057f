-- Devices that alerted at least once, by model and month; exact.
SELECT month, model_id, count(*) AS devices
FROM (SELECT DISTINCT month, model_id, device_key FROM alerts WHERE month BETWEEN :first AND :last) found
GROUP BY month, model_id
ORDER BY month, model_id
