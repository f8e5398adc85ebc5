namespace UonOfferum.Destinations.AmoCrm;

/// <summary>An integration's OAuth credentials.</summary>
/// <param name="ClientId">The integration's id.</param>
/// <param name="ClientSecret">A secret.</param>
/// <param name="RedirectUri">As registered for the integration; sent with the request, never called.</param>
/// <param name="RefreshToken">A secret: the initial refresh token, which an operator obtained.</param>
public sealed record AmoOAuth(string ClientId, string ClientSecret, string RedirectUri, string RefreshToken)
{
    /// <summary>Without the values.</summary>
    public override string ToString() => nameof(AmoOAuth);
}
