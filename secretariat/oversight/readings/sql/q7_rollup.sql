-- Devices that alerted at least once, by model and month; exact.
SELECT month, model_id, devices FROM model_month WHERE month BETWEEN :first AND :last ORDER BY month, model_id
