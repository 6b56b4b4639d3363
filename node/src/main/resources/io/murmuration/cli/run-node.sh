# Runs one node and waits for it: sh -c THIS murmur-node PID_FILE COMMAND...
# Started again only when it asks for it by exit code 75, so that a killed node stays killed. The pid file holds the pid and what
# tells this process from a later one with the same number. It stays behind: by the time the node's end is noticed here, another
# start may have written its own.
pid_file=$1
shift
# The terminal's signals go to everything in it; the command that was started there decides what they mean for the nodes.
trap '' INT HUP QUIT
started() {
    if [ -r "/proc/$1/stat" ]; then
        read -r stat <"/proc/$1/stat"
        read -r boot </proc/sys/kernel/random/boot_id
        # Field 22, counted behind the command's name, which may hold blanks and brackets.
        set -- ${stat##*) }
        echo "${20}@$boot"
    else
        LC_ALL=C ps -o lstart= -p "$1"
    fi
}
while :; do
    "$@" &
    node=$!
    trap 'kill -TERM "$node"' TERM
    echo "$node $(started "$node")" >"$pid_file.unfinished"
    mv "$pid_file.unfinished" "$pid_file"
    code=0
    wait "$node" || code=$?
    # A signal to this shell ends the wait early, and the node still runs.
    while kill -0 "$node" 2>/dev/null; do
        code=0
        wait "$node" || code=$?
    done
    [ "$code" -eq 75 ] || exit "$code"
    echo "The node asked to be started again."
done
