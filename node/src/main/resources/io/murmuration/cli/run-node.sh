# Runs one node and waits for it: sh -c THIS murmur-node NODE_FOLDER COMMAND...
# Started again only when it asks for it by exit code 75, so that a killed node stays killed; not for ever, and not if it was told to
# end: by a TERM to this shell, or by the file "stopping". The pid file holds the pid, what tells this process from a later one with
# the same number, and in a second line the folder, which a copy of it does not have. It stays behind: by the time the node's end is
# noticed here, another start may have written its own.
folder=$1
shift
again_max=5
again_seconds=300
node=
stopping=
trap 'stopping=1; [ -z "$node" ] || kill -TERM "$node"' TERM
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
        LC_ALL=C TZ=UTC ps -o lstart= -p "$1"
    fi
}
name() {
    printf '%s %s\n%s\n' "$1" "$(started "$1")" "$folder" >"$folder/pid.unfinished" && mv "$folder/pid.unfinished" "$folder/pid"
}
# Until the node is there, and between two of its starts, who wants to end it finds this shell.
name $$ || exit 1
again=0
since=$(date +%s)
while [ -z "$stopping" ]; do
    "$@" &
    node=$!
    [ -z "$stopping" ] || kill -TERM "$node"
    named=1
    name "$node" || {
        named=
        echo "The node is stopped: its pid file cannot be written."
        kill -TERM "$node"
    }
    code=0
    wait "$node" || code=$?
    # A signal to this shell ends the wait early, and the node still runs.
    while kill -0 "$node" 2>/dev/null; do
        code=0
        wait "$node" || code=$?
    done
    node=
    [ -n "$named" ] || exit 1
    [ "$code" -eq 75 ] && [ -z "$stopping" ] && [ ! -e "$folder/stopping" ] || exit "$code"
    now=$(date +%s)
    [ $((now - since)) -lt "$again_seconds" ] || again=0 since=$now
    [ "$again" -lt "$again_max" ] || {
        echo "The node asked once more to be started again, and is not: that did not mend it $again_max times."
        exit "$code"
    }
    again=$((again + 1))
    name $$ || exit 1
    echo "The node asked to be started again."
    sleep 1
done
exit 143
