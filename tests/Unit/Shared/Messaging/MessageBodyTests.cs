using System.Text;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Tests.Unit.Shared.Messaging;

public sealed class MessageBodyTests
{
    [Theory]
    [InlineData("eyJhIjoxfQ==", "{\"a\":1}")]
    [InlineData("0JjQstCw0L0=", "Иван")]
    [InlineData("", "")]
    public void A_Base64_body_is_decoded(string body, string expected) => Assert.Equal(expected, MessageBody.Decode(new BinaryData(body)).ToString());

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("not base64 *")]
    [InlineData("abc")]
    public void Any_other_body_stays_as_it_is(string body) => Assert.Equal(body, MessageBody.Decode(new BinaryData(body)).ToString());

    [Fact]
    public void A_body_decodes_to_what_was_sent()
    {
        var bytes = Enumerable.Range(0, 256).Select(n => (byte)n).ToArray();

        Assert.Equal(bytes, MessageBody.Decode(new BinaryData(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)))).ToArray());
    }
}
