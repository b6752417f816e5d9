using System.Text.Json.Serialization;
using Runnel.Server.Accounts.Keys;
using Runnel.Server.Auth;

namespace Runnel.Server.Accounts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(Refresh.Request))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(Setup.Response))]
[JsonSerializable(typeof(ListSessions.SessionList))]
[JsonSerializable(typeof(ChangePassword.PasswordChange))]
[JsonSerializable(typeof(DeleteAccount.Farewell))]
[JsonSerializable(typeof(MakeApiKey.NewKey))]
[JsonSerializable(typeof(MakeApiKey.MadeKey))]
[JsonSerializable(typeof(ListApiKeys.KeyList))]
internal sealed partial class AccountsJson : JsonSerializerContext;
