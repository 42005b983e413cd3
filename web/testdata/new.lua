-- Requests of which no two are alike, as from a proxy that names its visitors.
local n = 0

function request()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = n
  return wrk.format()
end
