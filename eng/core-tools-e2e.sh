#!/usr/bin/env bash
# One lead through the published app on the real Functions host: Core Tools, Azurite, and a U-ON and an Offerum on loopback.
#   dotnet publish -c Release -o publish && npm ci --prefix LocalHost && eng/core-tools-e2e.sh publish
set -euo pipefail
cd "$(dirname "$0")/.."
published=$(cd "${1:?the folder that was published to}" && pwd)
log="$PWD/core-tools.log"
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait || true
  rm -rf "$work"
}
trap finish EXIT

# Away from the repository: Core Tools looks upwards for a project to build.
cp -r "$published" "$work/app"
node LocalHost/node_modules/azurite/dist/src/azurite.js --location "$work/storage" --silent --skipApiVersionCheck --disableTelemetry &
pids+=($!)
node eng/outside.mjs 7381 >"$work/outside.log" &
pids+=($!)

export FUNCTIONS_WORKER_RUNTIME=dotnet-isolated AzureWebJobsStorage=UseDevelopmentStorage=true
export Journal__IndexKey=not-a-secret-but-long-enough
export Pipelines__main__Webhook__Secret=not-a-secret-but-long-enough
export Pipelines__main__Uon__ApiKey=none Pipelines__main__Uon__BaseAddress=http://127.0.0.1:7381
export Pipelines__main__Offerum__ApiKey=none Pipelines__main__Offerum__Flow=zkVz Pipelines__main__Offerum__BaseAddress=http://127.0.0.1:7381
(cd "$work/app" && exec func start --no-build --port 7371) >"$log" 2>&1 &
pids+=($!)

ask() { curl --silent --show-error --max-time 10 "$@"; }
for _ in $(seq 90); do
  if ask --fail --output /dev/null http://127.0.0.1:7371/api/health 2>/dev/null; then break; fi
  sleep 1
done

ask --fail --data 'type_id=1&request_id=48213' http://127.0.0.1:7371/api/uon/main/not-a-secret-but-long-enough
echo
for _ in $(seq 60); do
  if ask http://127.0.0.1:7371/api/operations/main/lead/48213 | grep -q '"state":"Delivered"'; then
    grep -q 'phone=%2B79991048213' "$work/outside.log"
    echo "Delivered: one lead, webhook to order, on the Functions host."
    exit 0
  fi
  sleep 1
done

echo "The lead was not delivered within a minute. The end of $log:"
tail -n 60 "$log"
exit 1
