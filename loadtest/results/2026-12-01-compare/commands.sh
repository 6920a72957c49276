#!/bin/sh
# About nine minutes on two cores, with the machine to itself.
loadtest/compare/run --out loadtest/results/2026-12-01-compare
