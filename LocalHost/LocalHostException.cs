namespace UonOfferum.LocalHost;

/// <summary>The host cannot start or continue. The message says what to do about it; no stack trace is shown.</summary>
public sealed class LocalHostException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static LocalHostException Of(string headline, IEnumerable<string> errors) =>
        new(headline + string.Concat(errors.Select(error => Environment.NewLine + "  - " + error)));
}
