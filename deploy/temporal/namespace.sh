#!/bin/sh
# The namespace of the service, kept for 30 days after a case ended; safe to repeat. Its search attributes are registered by the workers.
set -eu
temporal operator cluster health
temporal operator namespace describe -n default > /dev/null 2>&1 || temporal operator namespace create -n default --retention 30d
