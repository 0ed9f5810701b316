using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>Reads access logs and counts what they say was requested.</summary>
public static class AccessLogText
{
    private const string Remedy =
        "Plumb reads common and combined log format (… \"GET /path HTTP/1.1\" 200 …) and JSON lines with a method and a path, uri or url.";

    /// <summary>Reads to the end, or to <see cref="RequestLimits.MaxLogBytes"/>.</summary>
    /// <param name="reader">Not disposed.</param>
    /// <param name="includeUnsafe">Whether requests that may change something are taken too; a log does not have their bodies.</param>
    /// <param name="cancellationToken">Ends the reading with an exception.</param>
    /// <exception cref="RequestFormatException">No line names a request that can be taken.</exception>
    public static AccessLog Read(TextReader reader, bool includeUnsafe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var counting = new Counting(includeUnsafe);
        var lines = new BoundedLines(reader, RequestLimits.MaxLineLength);
        while (lines.Read <= RequestLimits.MaxLogBytes && lines.Next(out bool isWhole) is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            counting.Add(line, isWhole);
        }

        return counting.Result(isCut: lines.Read > RequestLimits.MaxLogBytes);
    }

    private sealed class Counting
    {
        private readonly bool _includeUnsafe;
        private readonly Dictionary<(string Method, string Target), long> _counts = [];
        private long _line;
        private long _taken;
        private long _unread;
        private long _firstUnread;
        private long _unsafe;
        private long _beyond;

        public Counting(bool includeUnsafe) => _includeUnsafe = includeUnsafe;

        public void Add(string line, bool isWhole)
        {
            _line++;
            if (line.Length == 0 || line[0] == '#')
            {
                return;
            }

            if (!isWhole || AccessLogLine.Parse(line) is not { } request)
            {
                _firstUnread = _unread++ == 0 ? _line : _firstUnread;
                return;
            }

            if (!_includeUnsafe && request.Method is not ("GET" or "HEAD"))
            {
                _unsafe++;
                return;
            }

            if (_counts.Count >= RequestLimits.MaxRequests && !_counts.ContainsKey(request))
            {
                _beyond++;
                return;
            }

            _taken++;
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, request, out _)++;
        }

        public AccessLog Result(bool isCut)
        {
            if (_taken == 0)
            {
                throw _unsafe > 0
                    ? new RequestFormatException("", "all requests in the log may change something, and are left out", "--methods takes them too, without their bodies, which no log has.")
                    : new RequestFormatException(_unread > 0 ? Place(_firstUnread) : "", "no line names a request", Remedy);
            }

            AccessLogEntry[] entries = [.. _counts.Select(one => new AccessLogEntry(one.Key.Method, one.Key.Target, one.Value))
                .OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Target, StringComparer.Ordinal)];
            return new AccessLog(entries, _taken, [.. Notes(isCut)]);
        }

        private IEnumerable<string> Notes(bool isCut)
        {
            if (_unread > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{_unread} lines of the log name no request and were left out, the first is {Place(_firstUnread)}");
            }

            if (_unsafe > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{_unsafe} request{(_unsafe == 1 ? "" : "s")} of the log may change something and {(_unsafe == 1 ? "was" : "were")} left out");
            }

            if (_beyond > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{_beyond} requests of the log came after {RequestLimits.MaxRequests} different ones and were left out");
            }

            if (isCut)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"the log was read up to {RequestLimits.MaxLogBytes >> 20} MiB");
            }
        }

        private static string Place(long line) => string.Create(CultureInfo.InvariantCulture, $"line {line}");
    }
}
