using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.LocalHost.Output;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class LineFormatterTests
{
    [Fact]
    public void An_event_is_one_line_with_the_operation_and_without_the_path()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var web = scopes.Push(new Dictionary<string, object?>(StringComparer.Ordinal) { ["RequestPath"] = "/api/uon/main/a-secret", ["RequestId"] = "1" });
        using var work = scopes.Push(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Operation"] = "main/lead/5", ["Attempt"] = 2 });

        Assert.EndsWith("warn  SendOrder: not now, later [Operation=main/lead/5 Attempt=2]", Format(scopes, "not now,\nlater"));
    }

    private static string Format(LoggerExternalScopeProvider scopes, string message)
    {
        var writer = new StringWriter();
        new LineFormatter(new FakeTimeProvider()).Write(new LogEntry<string>(LogLevel.Warning, "UonOfferum.SendOrder", 1, message, null, (state, _) => state), scopes, writer);
        return writer.ToString().TrimEnd('\r', '\n');
    }
}
