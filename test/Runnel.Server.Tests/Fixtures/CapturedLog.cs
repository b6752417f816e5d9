using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Keeps every line that passes the configured levels, with its exception and all its values.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, EventId Id, string Text)> _lines = new();

    public IReadOnlyCollection<(string Category, EventId Id, string Text)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Capture(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Capture(string category, ConcurrentQueue<(string Category, EventId Id, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
            lines.Enqueue((category, eventId, $"{formatter(state, exception)} {values} {exception}"));
        }
    }
}
