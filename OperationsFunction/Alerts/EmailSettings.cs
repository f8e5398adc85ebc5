using System.Globalization;
using MimeKit;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The section <c>Alerts:Email</c>.</summary>
/// <param name="Host">From <c>Smtp</c>: <c>host:port</c>.</param>
/// <param name="Port">465 uses TLS from the start, others use STARTTLS; loopback needs no TLS.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The recipients.</param>
/// <param name="User">Null: the server requires no login.</param>
/// <param name="Password">A secret.</param>
public sealed record EmailSettings(string Host, int Port, string From, IReadOnlyList<string> To, string? User, string? Password)
{
    private const int SubmissionPort = 587;

    internal static EmailSettings Read(SettingsReader reader)
    {
        var (smtp, from, to) = (reader.Text("Smtp") ?? "", reader.Text("From") ?? "", reader.List("To"));
        var colon = smtp.LastIndexOf(':');
        var port = SubmissionPort;
        var host = colon < 0 ? smtp : smtp[..colon];
        if (host.Length == 0 || (colon >= 0 && !int.TryParse(smtp.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)))
        {
            reader.Error("Smtp", "is missing or is not the address of a mail server, such as smtp.example.org:587.");
        }

        if (!MailboxAddress.TryParse(from, out _))
        {
            reader.Error("From", "is missing or is not an e-mail address.");
        }

        if (to.Count == 0 || !to.All(address => MailboxAddress.TryParse(address, out _)))
        {
            reader.Error("To", "must be one or more e-mail addresses, separated by commas.");
        }

        return new EmailSettings(host, port, from, to, reader.Text("User"), reader.Text("Password"));
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(EmailSettings);
}
