using System.Buffers.Binary;
using System.Text;

namespace UonOfferum.Tests.Pipeline.Telemetry;

/// <summary>Reads protobuf's wire format without a schema: enough to look into what an exporter sent.</summary>
internal static class ProtobufReader
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <summary>The embedded messages, strings and byte arrays of one field.</summary>
    public static IEnumerable<byte[]> All(byte[] message, int field) =>
        Fields(message).Where(f => f.Number == field && f.Bytes is not null).Select(f => f.Bytes!);

    public static byte[]? One(byte[] message, int field) => All(message, field).FirstOrDefault();

    public static string Text(byte[] message, int field) => One(message, field) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    public static string Hex(byte[] message, int field) => One(message, field) is { } bytes ? Convert.ToHexStringLower(bytes) : "";

    public static ulong Number(byte[] message, int field) => Fields(message).FirstOrDefault(f => f.Number == field && f.Bytes is null).Value;

    private static IEnumerable<(int Number, ulong Value, byte[]? Bytes)> Fields(byte[] message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = ReadVarint(message, ref at);
            var number = (int)(key >> 3);
            switch ((int)(key & 7))
            {
                case Varint:
                    yield return (number, ReadVarint(message, ref at), null);
                    break;
                case Fixed64:
                    yield return (number, BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at, 8)), null);
                    at += 8;
                    break;
                case Fixed32:
                    yield return (number, BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at, 4)), null);
                    at += 4;
                    break;
                case Bytes:
                    var length = (int)ReadVarint(message, ref at);
                    yield return (number, 0, message[at..(at + length)]);
                    at += length;
                    break;
                default:
                    throw new InvalidDataException("Not protobuf.");
            }
        }
    }

    private static ulong ReadVarint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
