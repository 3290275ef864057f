-- Outage clusters: five minutes in which more than so many different devices of a region send a code.
SELECT region, received - received % 300000 AS from_at, count(DISTINCT device_key) AS devices, count(*) AS n
FROM alerts
WHERE alert_code = :code AND month BETWEEN :first AND :last
GROUP BY region, received - received % 300000
HAVING count(DISTINCT device_key) > :devices
ORDER BY from_at, region
