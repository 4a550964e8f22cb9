#!/usr/bin/env bash
# One audit over as many Slurm tasks as are asked for: an array job measures the shards, a job that waits for all of them merges and
# judges. Usage: submit.sh SHARDS FOLDER FLAGS-OF-SAEGATE-AUDIT…
#
#   POLICY=policies/release.yaml ./submit.sh 4 /shared/audit --config saegate.yaml
#
# FOLDER is seen by all nodes. Nodes of one kind: shards of others are refused by the merge. SBATCH_PARTITION, SBATCH_ACCOUNT and the
# like are Slurm's own. Prints the number of the merge job; its state is the gate's: COMPLETED where the policy passes.
# config-from: not used, because no pull request is measured here: flags and files are those of whoever submits.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shards=$1
folder=$2
shift 2
mkdir -p "$folder"
array=$(sbatch --parsable --array="1-$shards" --cpus-per-task="${THREADS:-4}" --output="$folder/shard-%a.log" \
  "$here/shard.sbatch" "$shards" "$folder" "$@")
sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes --output="$folder/merge.log" \
  "$here/merge.sbatch" "$folder" "${POLICY:-}"
