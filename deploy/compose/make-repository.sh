#!/bin/sh
# Makes a bare repository with the sample org on its branch main, unless it is there. Usage: make-repository.sh PATH
set -eu
repository=$1
[ ! -d "$repository" ] || exit 0
export HOME=/tmp
work=$(mktemp -d)
trap 'rm -rf "$work" "$repository.new"' EXIT
git init -q -b main "$work"
cp -R "${FLOWKEEPER_SAMPLE:-/app/desired-state}" "$work/desired-state"
chmod -R u+w "$work"
git -C "$work" add .
git -C "$work" -c user.name=flowkeeper -c user.email=flowkeeper@localhost commit -q -m 'Describe the sample org'
git clone -q --bare "$work" "$repository.new"
mv "$repository.new" "$repository"
