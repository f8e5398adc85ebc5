using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>One message by SMTP to one recipient.</summary>
public sealed class EmailChannel(AlertSettings settings, TimeProvider time) : IAlertChannel
{
    private const int TlsPort = 465;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public string Name => "email";

    public IReadOnlyList<string> Recipients => settings.Email?.To ?? [];

    public async Task<string?> SendAsync(string recipient, AlertMessage message, CancellationToken cancellationToken)
    {
        if (settings.Email is not { } email)
        {
            return "Alerts:Email is no longer set.";
        }

        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var client = new SmtpClient();
        using var mail = Mail(email, recipient, message);
        try
        {
            await client.ConnectAsync(email.Host, email.Port, Security(email), either.Token);
            if (email.User is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, email.Password ?? "", either.Token);
            }

            await client.SendAsync(mail, either.Token);
            await client.DisconnectAsync(quit: true, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "The mail server did not answer in time.";
        }
        catch (SmtpCommandException e)
        {
            // Omit the server's text: it may quote the recipient.
            return string.Create(CultureInfo.InvariantCulture, $"The mail server refused the message ({(int)e.StatusCode} {e.ErrorCode}).");
        }
        catch (MailKit.Security.AuthenticationException)
        {
            return "The mail server rejects the user or password. Check Alerts:Email:User and Password.";
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or SslHandshakeException or NotSupportedException)
        {
            return $"The mail server cannot be used ({e.GetType().Name}). Check Alerts:Email:Smtp.";
        }
    }

    private static SecureSocketOptions Security(EmailSettings email) =>
        email.Port == TlsPort ? SecureSocketOptions.SslOnConnect
        : IsThisMachine(email.Host) ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static MimeMessage Mail(EmailSettings email, string recipient, AlertMessage message) => new(
        [MailboxAddress.Parse(email.From)], [MailboxAddress.Parse(recipient)], message.Subject, new TextPart("plain") { Text = message.Text });
}
